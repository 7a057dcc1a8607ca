import { madePicture } from './made-picture.ts'

/** Pages of the made-up web that a figure needs. */
const rowPx = 80
/** The middle of a row; the heading is row 0. */
export const rowAt = (row: number): number => rowPx * row + rowPx / 2

const sentence = '芽室町は十勝平野の中西部にあり、畑作と酪農のまちです。お知らせと手続きをご案内します。'
const head = (title: string, style = '') =>
  `<!doctype html><html lang="ja"><meta charset="utf-8"><title>${title}</title><style>
  body{margin:0;font:22px/1.6 sans-serif;color:#222}h1,.row{height:${rowPx}px;box-sizing:border-box;margin:0;padding:18px 32px;overflow:hidden}
  h1{background:#14532d;color:#fff;font-size:30px}a{display:block}${style}</style><h1>${title}</h1>`
const rows = (count: number) => `<div class="row">${sentence}</div>`.repeat(count)

const picture = (which: number) => `<img src="${madePicture(which)}" alt="">`

/** A strip at the left is another one at each place of the page: who looks at it sees whether the picture moved. */
const long = `${head('長いページ', 'main{margin-left:32px}img{display:block;width:90%;height:300px;margin:24px}body{background:repeating-linear-gradient(#000 0,#fff 61px) left/24px 100% no-repeat}')}<main>${Array.from(
  { length: 20 },
  (_, part) => `${rows(4)}${picture(part % 4)}`,
).join('')}</main>`

const colour = `${head('色のページ', 'body{min-height:100vh;background:#fff}')}${rows(12)}<script>addEventListener('touchstart',()=>{document.body.style.background=document.body.style.background==='rgb(0, 85, 173)'?'rgb(255, 190, 0)':'rgb(0, 85, 173)'},{passive:true})</script>`

export const webPages: Record<string, string> = {
  '/': `${head('芽室町')}<div class="row"><a href="/long">長いページ</a></div><div class="row"><a href="/colour">色のページ</a></div>${rows(20)}${picture(120)}`,
  '/long': long,
  '/colour': colour,
}
export const linkAt = { long: rowAt(1), colour: rowAt(2) }
