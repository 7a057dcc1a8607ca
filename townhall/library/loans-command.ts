import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type CommandIo, usageError } from '../command.ts'
import type { HubContext } from '../context.ts'
import { createSettings } from '../settings-repository.ts'
import { createCatalogueRepository } from './catalogue-repository.ts'
import { calilAddress } from './status/ask-calil.ts'
import { askSource } from './status/ask-source.ts'
import { calilKey, type LoanSource, readLoanSource, writeLoanSource } from './status/loan-source.ts'
import { webAddress } from './web-address.ts'

export const loansUsage =
  'library loans FILE | library loans koha ADDRESS [--due-dates] | library loans calil SYSTEMID --key-file FILE | library loans none'
const titlesTried = 20
/** An answer that says nothing of any title is a setting that does not fit rather than a library without loans. */
const nothingKnown = {
  koha: '蔵書の資料番号が、Koha の itemnumber（952 $9）ではないようです。Koha から書き出した蔵書を受け取ってください。',
  calil: 'システムIDがちがうか、その図書館にない本だけを聞いたようです。',
}

export type LoanOptions = { 'due-dates': boolean; 'key-file'?: string | undefined; address?: string | undefined }

/** `library loans …`: the one place where loan status comes from. */
export async function setLoans(
  context: HubContext,
  [first = '', second]: readonly string[],
  options: LoanOptions,
  io: CommandIo,
): Promise<number> {
  const settings = createSettings(context.db)
  const before = await readLoanSource(settings)
  const source = judged(first, second, options)
  if (source?.kind === 'calil') keepKey(context.dataDir, options['key-file'])
  await writeLoanSource(settings, source)
  if (JSON.stringify(before) !== JSON.stringify(source))
    await context.audit({ actor: 'command line', act: 'library-loans-set', subject: source?.kind ?? 'none' })
  if (source === null) io.say('貸出の状態は、どこからも受け取りません。')
  else if (source.kind === 'file')
    io.say(`貸出の一覧を ${source.file} から読みます。図書館システムが書き替えるたびに、新しくなります。`)
  else {
    io.say(`画面に出ている本の貸出の状態を、${source.kind === 'koha' ? 'Koha' : 'カーリル'}に聞きます。`)
    await tryIt(context, source, io)
  }
  return 0
}

function judged(first: string, second: string | undefined, options: LoanOptions): LoanSource | null {
  if (options['due-dates'] && first !== 'koha') throw usageError('--due-dates は library loans koha のときだけです。')
  if (options['key-file'] !== undefined && first !== 'calil')
    throw usageError('--key-file は library loans calil のときだけです。')
  if (first === 'none') return null
  if (first === 'koha') return { kind: 'koha', address: kohaAddress(second ?? ''), dueDates: options['due-dates'] }
  if (first === 'calil')
    return {
      kind: 'calil',
      systemId: systemIdOf(second ?? ''),
      address: plainAddress(options.address ?? calilAddress).href,
    }
  if (first.startsWith('http:') || first.startsWith('https:'))
    throw usageError('アドレスの前に koha か calil と書きます。')
  if (existsSync(first) && statSync(first).isDirectory())
    throw usageError(`「${first}」はフォルダーです。中の CSV ファイルを書いてください。`)
  return { kind: 'file', file: resolve(first) }
}

function plainAddress(text: string): URL {
  const url = webAddress(text)
  if (url.search !== '' || url.hash !== '') throw usageError('アドレスは「?」や「#」の前までを書きます。')
  return url
}

function kohaAddress(text: string): string {
  const url = plainAddress(text)
  if (url.pathname === '/') url.pathname = '/cgi-bin/koha/ilsdi.pl'
  return url.href
}

function systemIdOf(text: string): string {
  if (/^[A-Za-z]+(?:_[A-Za-z0-9]+)+$/.test(text)) return text
  if (/^[0-9a-f]{20,}$/i.test(text))
    throw usageError(
      'これはアプリケーションキーのようです。ここにはシステムID（例 Hokkaido_Memuro）を書き、キーはファイルに入れて --key-file で渡します。',
    )
  throw usageError(
    'システムIDは「Hokkaido_Memuro」のような、英字と下線の言葉です。カーリルの図書館のページで調べます。',
  )
}

/** From a file, for what is typed stays in the shell's history and is seen by everybody on the machine. */
function keepKey(dataDir: string, file: string | undefined): void {
  const kept = calilKey(dataDir)
  if (file === undefined) {
    if (kept.read() !== null) return
    throw usageError('カーリルのアプリケーションキーを1行だけ書いたファイルを、--key-file で渡してください。')
  }
  if (!existsSync(file)) throw usageError(`ファイル「${file}」がありません。`)
  const key = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
  if (!/^[A-Za-z0-9_-]{8,100}$/.test(key))
    throw usageError(`ファイル「${file}」の中が、アプリケーションキー（英数字の1行）ではありません。`)
  kept.keep(key)
}

/** One question now tells more than the first visitor would. */
async function tryIt(context: HubContext, source: Exclude<LoanSource, { kind: 'file' }>, io: CommandIo): Promise<void> {
  const outside = { fetch, wait: (ms: number) => setTimeout(ms), signal: AbortSignal.timeout(30_000) }
  const system = askSource(source, { outside, dataDir: context.dataDir, nowMs: context.clock.nowMs })
  const some = []
  const catalogue = createCatalogueRepository(context.db)
  for await (const { record } of catalogue.all(await catalogue.revision())) {
    if (source.kind === 'calil' ? record.isbn === undefined : record.holdings.length === 0) continue
    some.push(record)
    if (some.length === titlesTried) break
  }
  if (some.length === 0) {
    io.warn('蔵書がまだないので、試していません。')
    return
  }
  let known = 0
  const failed = await system.ask(some, (told) => {
    known += told.filter(({ state }) => state !== 'unknown').length
  })
  if (failed !== null) io.warn(`試しに聞きましたが、${failed.reason}設定はそのままにして、あとでまた聞きます。`)
  else io.say(`試しに ${some.length} タイトルを聞き、${known} タイトルの状態がわかりました。`)
  if (failed === null && known === 0) io.warn(nothingKnown[source.kind])
}
