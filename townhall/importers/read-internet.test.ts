import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { internetPolicySchema } from '../../contract/internet-policy.ts'
import { internetTileSchema } from '../../contract/menus/internet.ts'
import type { Notice } from './import-report.ts'
import { internetSettingHeaders, readInternetSettings } from './read-internet-settings.ts'
import { readSites, siteHeaders } from './read-sites.ts'
import { readTable, type TownTable } from './read-table.ts'
import { readTiles, tileHeaders } from './read-tiles.ts'

function tableOf(csv: string | Uint8Array, headers: ReadonlySet<string>): TownTable {
  const table = readTable(typeof csv === 'string' ? Buffer.from(csv) : csv, headers, 2)
  if ('refused' in table) throw new Error(table.refused)
  return table
}
const tiles = (csv: string | Uint8Array) => readTiles(tableOf(csv, tileHeaders))
const sites = (csv: string | Uint8Array) => readSites(tableOf(csv, siteHeaders))
const settings = (csv: string | Uint8Array) => readInternetSettings(tableOf(csv, internetSettingHeaders))
const said = (notices: readonly Notice[]) => notices.map((one) => [one.line, one.column, one.severity, one.reason])
const siteHead = '種類,ホスト,パス,暗号なし,メモ\n'

describe('tiles', () => {
  it('are read as a clerk saves them: Shift_JIS, 全角, old line ends, a title line, an address without https', () => {
    const csv = [
      '体験インターネットのタイル,,,,',
      'ＮＯ,名称,名称＿英語,説明,絵,ＵＲＬ',
      '１,芽室町,Memuro,"町の\nお知らせ",町,www.memuro.net',
      '２,バス,,,ﾊﾞｽ,ｈｔｔｐｓ：／／ｗｗｗ．ｔｏｋａｃｈｉｂｕｓ．ｊｐ／',
      '３,学校,,,学校,https://芽室町.example/町',
      '',
    ].join('\r\n')
    const { taken, notices } = tiles(iconv.encode(csv, 'cp932'))
    expect(taken).toEqual([
      {
        line: 3,
        tile: {
          ...{ id: '1', name: { ja: '芽室町', en: 'Memuro' }, hint: { ja: '町の\nお知らせ' }, icon: 'town' },
          url: 'https://www.memuro.net/',
        },
      },
      { line: 5, tile: { id: '2', name: { ja: 'バス' }, icon: 'bus', url: 'https://www.tokachibus.jp/' } },
      {
        line: 6,
        tile: {
          ...{ id: '3', name: { ja: '学校' }, icon: 'school' },
          url: 'https://xn--wbt680dprj.example/%E7%94%BA',
        },
      },
    ])
    expect(notices.map((one) => [one.line, one.severity])).toEqual([
      [3, 'repaired'],
      [5, 'repaired'],
    ])
  })

  it('with a mistake cost no other, and each mistake is told', () => {
    const { taken, notices } = tiles(
      [
        'ID,名称,絵,URL',
        'a,町,町,https://town.example/',
        'b,,町,https://town.example/',
        'c,名だけ,町,',
        'a,同じ番号,町,https://town.example/',
        'd,悪い,町,javascript:alert(1)',
        'e,二つ,町,https://town.example/ https://bus.example/',
        'f,ない絵,お城,https://town.example/',
        `${'x'.repeat(61)},長い番号,町,https://town.example/`,
      ].join('\n'),
    )
    expect(taken.map(({ tile }) => [tile.id, tile.icon])).toEqual([
      ['a', 'town'],
      ['f', 'web'],
    ])
    const address = 'https:// から始まるアドレスを、1つだけ書いてください。'
    expect(said(notices)).toEqual([
      [3, '名称', 'refused', '「名称」がありません。'],
      [4, 'URL', 'refused', '「URL」がありません。'],
      [5, 'ID', 'refused', '同じ番号の行が、前にもあります。'],
      [6, 'URL', 'refused', address],
      [7, 'URL', 'refused', address],
      [8, '絵', 'note', expect.stringContaining('「ウェブ」の絵にしました。')],
      [9, 'ID', 'refused', 'IDは60文字までです。'],
    ])
  })

  it('more than the start page has room for are told', () => {
    const rows = Array.from({ length: 25 }, (_, index) => `${index},名${index},https://town.example/`)
    const { taken, notices } = tiles(['ID,名称,URL', ...rows].join('\n'))
    expect(taken).toHaveLength(24)
    expect(said(notices)).toEqual([[26, '名称', 'refused', 'タイルは 24 までです。']])
  })
})

describe('sites', () => {
  it.each([
    ['www.memuro.net', 'www.memuro.net', ['/']],
    ['WWW.Memuro.NET', 'www.memuro.net', ['/']],
    ['ｗｗｗ．ｍｅｍｕｒｏ．ｎｅｔ', 'www.memuro.net', ['/']],
    ['*.memuro.net', '*.memuro.net', ['/']],
    ['＊．芽室町.example', '*.xn--wbt680dprj.example', ['/']],
    ['芽室町.example', 'xn--wbt680dprj.example', ['/']],
    ['https://www.memuro.net/', 'www.memuro.net', ['/']],
    ['https://www.memuro.net:443/bus/time/?a=1#b', 'www.memuro.net', ['/bus/time']],
    ['http://www.memuro.net/町', 'www.memuro.net', ['/%E7%94%BA']],
    ['www.memuro.net/bus', 'www.memuro.net', ['/bus']],
    ['*.lg.jp', '*.lg.jp', ['/']],
  ])('the host %s is %s below %j', (written, host, paths) => {
    expect(sites(`${siteHead}ページ,${written},,,\n`).sites?.pages).toEqual([{ host, paths, plain: false }])
  })

  it('what was pasted is told as it was taken', () => {
    expect(said(sites(`${siteHead}ページ,https://www.memuro.net/bus/?a=1,,,\n`).notices)).toEqual([
      [2, 'ホスト', 'repaired', 'ホスト「www.memuro.net」、パス「/bus/」として受け取りました。'],
    ])
  })

  it.each([
    ['', 'がありません'],
    ['*', 'どこでも開けて'],
    ['＊', 'どこでも開けて'],
    ['*.', 'どこでも開けて'],
    ['https://*/', 'どこでも開けて'],
    ['www.*.example', '先頭に一度だけ'],
    ['*memuro.example', '先頭に一度だけ'],
    ['*.jp', '範囲が広すぎます'],
    ['*.co.jp', '範囲が広すぎます'],
    ['192.168.1.1', '番号（IPアドレス）'],
    ['１９２．１６８．１．１', '番号（IPアドレス）'],
    ['8.8.8.8', '番号（IPアドレス）'],
    ['0x7f.1', '番号（IPアドレス）'],
    ['2130706433', '番号（IPアドレス）'],
    ['[::1]', '番号（IPアドレス）'],
    ['localhost', '役場の中の名前'],
    ['http://localhost:8080/', '役場の中の名前'],
    ['fileserver', '役場の中の名前'],
    ['printer.local', '役場の中の名前'],
    ['*.internal', '範囲が広すぎます'],
    ['a.home.arpa', '役場の中の名前'],
    ['www.memuro.net:8443', 'ポート'],
    ['https://user:pass@www.memuro.net/', '「@」'],
    ['www.memuro.net.', '読めません'],
    ['a_b.example', '読めません'],
    ['町の ホームページ', '1行に1つ'],
    ['a.example・b.example', '1行に1つ'],
    ['ftp://www.memuro.net/', 'http と https だけ'],
    ['file:///etc/passwd', 'http と https だけ'],
    ['javascript:alert(1)', '読めません'],
    ['町のホームページ', '役場の中の名前'],
    ['https://', 'どこでも開けて'],
  ])('the host %s is refused, and the policy with it', (written, words) => {
    const { sites: read, notices } = sites(`${siteHead}ページ,town.example,,,\nページ,"${written}",,,\n`)
    expect(read).toBeNull()
    expect(notices).toEqual([
      expect.objectContaining({
        line: 3,
        column: 'ホスト',
        severity: 'refused',
        reason: expect.stringContaining(words),
      }),
    ])
  })

  it.each([
    ['', ['/']],
    ['/', ['/']],
    ['/bus', ['/bus']],
    ['/bus/', ['/bus']],
    ['／ｂｕｓ・／ｎｅｗｓ', ['/bus', '/news']],
    ['"/bus\n/news、/map"', ['/bus', '/news', '/map']],
    ['bus', ['/bus']],
    ['/bus/*', ['/bus']],
    ['/*', ['/']],
    ['/町', ['/%E7%94%BA']],
    ['/bus・/bus/', ['/bus']],
  ])('the paths %s are %j', (written, paths) => {
    expect(sites(`${siteHead}ページ,town.example,${written},,\n`).sites?.pages[0]?.paths).toEqual(paths)
  })

  it.each([
    ['https://town.example/bus', '「/」から始まる部分だけ'],
    ['/bus?line=1', '「?」や「#」'],
    ['/bus#top', '「?」や「#」'],
    ['/b*s', '「*」は要りません'],
    ['/bus/../admin', '「..」'],
    ['/bus/%2e%2e/admin', '「..」'],
    ['//evil.example', '「//」'],
    [`/${'a'.repeat(300)}`, '300文字まで'],
  ])('the path %s is refused', (written, words) => {
    const { sites: read, notices } = sites(`${siteHead}ページ,town.example,/ok・${written},,\n`)
    expect(read).toBeNull()
    expect(notices).toEqual([
      expect.objectContaining({ line: 2, column: 'パス', reason: expect.stringContaining(words) }),
    ])
  })

  it('one mistake refuses the whole, and every mistake is told', () => {
    const { sites: read, notices } = sites(
      Buffer.from(
        `\uFEFF${siteHead}${[
          'ページ,town.example,,○,',
          '部品,cdn.example,/js,,',
          '部品,cdn2.example,,○,',
          '禁止,bad.example,,,',
          'リンク,link.example,,,',
          ',none.example,,,',
          'ページ,a.bad.example,,,',
          'ページ,bad.example,,,',
          'ページ,half.example,,たぶん,',
        ].join('\r\n')}`,
      ),
    )
    expect(read).toBeNull()
    expect(notices.map((one) => [one.line, one.column, one.severity])).toEqual([
      [3, 'パス', 'refused'],
      [4, '暗号なし', 'refused'],
      [6, '種類', 'refused'],
      [7, '種類', 'refused'],
      [9, 'ホスト', 'refused'],
      [10, '暗号なし', 'refused'],
    ])
    expect(notices[4]?.reason).toContain('「禁止」の「bad.example」')
  })

  it('a table of another kind is told once', () => {
    expect(said(sites('メモ,ホスト\nx,town.example\n').notices)).toEqual([
      [null, '種類', 'refused', expect.stringContaining('「種類」の列がありません。')],
    ])
  })
})

describe('settings', () => {
  it('are read with units and 全角, and what is left out is usual', () => {
    const { settings: read, notices } = settings(
      '項目,値\n方式,フィルターを通す\nフィルターのホスト,Filter.Town.example\nフィルターのポート,８０８０\n名前サーバー,192.0.2.53・2001:db8::53\n利用時間（分）,20分\n予告(秒),９０\n',
    )
    expect(notices).toEqual([])
    expect(read).toMatchObject({
      mode: 'filtered',
      filter: { proxy: { host: 'filter.town.example', port: 8080 }, nameServers: ['192.0.2.53', '2001:db8::53'] },
      turn: { limitMs: 1_200_000, warnBeforeMs: 90_000 },
    })
    expect(settings('項目,値\n方式,\n').settings).toMatchObject({ mode: 'listed', filter: null })
  })

  it.each([
    ['方式,何でも', '方式は'],
    ['方式,フィルターを通す', 'フィルターのホストとポート'],
    ['フィルターのホスト,filter.example', '「フィルターのポート」の行も要ります。'],
    ['フィルターのポート,8080', '「フィルターのホスト」の行も要ります。'],
    ['フィルターのホスト,http://filter.example:8080\nフィルターのポート,8080', '名前か番号だけ'],
    ['フィルターのホスト,filter.example\nフィルターのポート,80800', '65535'],
    ['名前サーバー,dns.example', '番号（例'],
    ['名前サーバー,192.0.2.1・192.0.2.2・192.0.2.3・192.0.2.4・192.0.2.5', '4つまで'],
    ['利用時間(分),0', '1 から 60'],
    ['利用時間(分),61', '1 から 60'],
    ['利用時間(分),15.5', '1 から 60'],
    ['利用時間(分),十五', '1 から 60'],
    ['延長(分),60', '1 から 30'],
    ['予告(秒),10', '20 から 300'],
    ['交代(秒),-1', '0 から 600'],
    ['利用時間(分),1\n予告(秒),60', '短く'],
    ['閉める時間,9', '項目は'],
    ['延長(分),5\n延長（分）,6', '同じ項目'],
  ])('%j refuses the whole', (rows, words) => {
    const { settings: read, notices } = settings(`項目,値\n${rows}\n`)
    expect(read).toBeNull()
    expect(notices).toEqual([expect.objectContaining({ severity: 'refused', reason: expect.stringContaining(words) })])
    expect(notices[0]?.line).toBeGreaterThan(1)
  })
})

const anyCell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 14 }),
  fc.webUrl(),
  fc.domain(),
  fc.constantFrom(
    'ページ',
    '部品',
    '禁止',
    '○',
    '*',
    '*.',
    '*.jp',
    '/',
    '//',
    '/*',
    'http:x',
    'https://[',
    '::',
    '-',
    '"',
    '%',
    '・',
  ),
)
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const csvOf = (headers: readonly string[], rows: readonly (readonly string[])[]) =>
  [headers, ...rows].map((row) => row.map(quoted).join(',')).join('\n')

it('whatever stands in the cells: what is taken can be released, and what is refused is told', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyCell, anyCell, anyCell, anyCell), { minLength: 1, maxLength: 3 }), (rows) => {
      const site = sites(csvOf(['種類', 'ホスト', 'パス', '暗号なし'], rows))
      if (site.sites) internetPolicySchema.parse({ mode: 'listed', ...site.sites, filter: null })
      else expect(site.notices.some((one) => one.severity === 'refused' && one.reason !== '')).toBe(true)
      const tile = tiles(csvOf(['名称', '説明', '絵', 'URL'], rows))
      for (const one of tile.taken) internetTileSchema.parse(one.tile)
      const set = settings(
        csvOf(
          ['項目', '値'],
          rows.map(([item, value]) => [item, value]),
        ),
      )
      expect(set.settings === null).toBe(set.notices.some((one) => one.severity === 'refused'))
    }),
    { numRuns: 1_000 },
  )
})

it('whatever stands in the host of a page: what is taken is a name, and the policy takes it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('ページ', '部品', '禁止'),
      anyCell,
      fc.oneof(anyCell, fc.webPath()),
      (kind, host, path) => {
        const { sites: read } = sites(csvOf(['種類', 'ホスト', 'パス'], [[kind, host, kind === 'ページ' ? path : '']]))
        if (read) internetPolicySchema.parse({ mode: 'listed', ...read, filter: null })
      },
    ),
    { numRuns: 2_000 },
  )
})
