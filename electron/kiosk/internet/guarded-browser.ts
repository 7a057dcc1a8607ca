import type { InternetPolicy, InternetRefusal } from '../../../contract/internet-policy.ts'
import type {
  GuardedTouch,
  InternetPlace,
  InternetProblem,
  InternetQuestion,
} from '../../../contract/menus/internet.ts'

/** A browser for strange pages, as a host has it. What it may open is decided by the policy that comes with each session, in both hosts by the same function. */
export type GuardedBrowser = {
  /** `picture`: it draws frames, which the screen shows; `view`: it lies over the place that the screen named. */
  shown: 'picture' | 'view'
  /**
   * A session of its own: made for one visitor, nothing in it from another, and nothing left of it after `end`.
   * Rejects when no browser could be had.
   */
  open(options: GuardedOptions, tell: GuardedEvents): Promise<GuardedSession>
  /** Ends what is kept warm. */
  close(): Promise<void>
}

export type GuardedOptions = {
  policy: InternetPolicy
  /** Our forward proxy on 127.0.0.1: the only way out that the session has. */
  proxyPort: number
  place: InternetPlace
  /** BCP 47; sites are asked for it. */
  language: string
}

/** The page as pictures, and the finger on them. */
export type GuardedPicture = {
  /** One JPEG after another, each after the one before was `drawn`. @returns what ends it */
  watch(listener: (jpeg: Uint8Array) => void): () => void
  drawn(): void
  touch(touch: GuardedTouch): void
}

export type GuardedSession = {
  /** null where the host shows the page by a view. */
  picture: GuardedPicture | null
  go(url: string): void
  back(): void
  forward(): void
  reload(): void
  stop(): void
  /** The room on the screen is another one. */
  place(place: InternetPlace): void
  /** Our own screen needs the place of the page, or the page may have it again and what was said over it is away. For a view; over a picture our screen is anyway. */
  cover(covered: boolean): void
  /** One of `internetZooms`. */
  zoom(factor: number): void
  type(text: string): void
  /** One of the keys of `internetActSchema`. */
  key(key: string): void
  /** Answers the question last told. */
  answer(yes: boolean): void
  choose(index: number): void
  /** Resolves when every trace is destroyed. */
  end(): Promise<void>
}

/** What the page is now; told again whenever a part changes. */
export type GuardedPage = {
  /** Host name of the page, empty before the first. */
  site: string
  title: string
  loading: boolean
  canBack: boolean
  canForward: boolean
  typing: 'no' | 'text' | 'secret'
}

export type GuardedEvents = {
  page(page: GuardedPage): void
  /** Something stands between the visitor and the page; null: away again. `left`: the page before is gone too (unless told, all but the refused are). */
  problem(problem: InternetProblem | null, left?: boolean): void
  /** Refused; `leaves`: it was to be the page itself, so a problem is told as well. Never with an address. */
  refused(reason: InternetRefusal, leaves: boolean): void
  question(question: InternetQuestion | null): void
  /** Somebody touched the page; for views alone, a picture is touched on our own screen. */
  touched(): void
  /** The browser is gone. */
  failed(reason: string): void
}
