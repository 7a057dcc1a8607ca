import { z } from 'zod'
import { internetPolicySchema, internetRefusalSchema } from '../internet-policy.ts'
import { localizedTextSchema } from '../localized-text.ts'

/** Pictures a start tile may have. */
export const internetTileIcons = [
  'town',
  'bus',
  'weather',
  'library',
  'application',
  'news',
  'health',
  'school',
  'map',
  'web',
] as const

export const internetTileSchema = z.strictObject({
  id: z.string().min(1).max(60),
  name: localizedTextSchema,
  hint: localizedTextSchema.optional(),
  icon: z.enum(internetTileIcons),
  url: z.url({ protocol: /^https?$/ }),
})

export type InternetTile = z.infer<typeof internetTileSchema>

const minutes = (least: number, most: number) =>
  z
    .number()
    .int()
    .min(least * 60_000)
    .max(most * 60_000)

/** `internet/content.json` of a release. */
export const internetContentSchema = z.strictObject({
  tiles: z.array(internetTileSchema).min(1).max(24),
  policy: internetPolicySchema,
  turn: z.strictObject({
    /** One visitor's turn. */
    limitMs: minutes(1, 60),
    /** Added once, when nobody waits. */
    extensionMs: minutes(1, 30),
    /** Before the end the visitor is told. */
    warnBeforeMs: z.number().int().min(20_000).max(300_000),
    /** After a whole turn the menu rests so long, for the next in the row. */
    restMs: z.number().int().min(0).max(600_000),
  }),
})
export type InternetContent = z.infer<typeof internetContentSchema>

/** The start page as the screen gets it: the tiles, without the rules. */
export const internetViewSchema = z.object({
  releaseNumber: z.number().int().nonnegative(),
  tiles: z.array(internetTileSchema),
  /** Without a browser on this machine there is no menu. */
  available: z.boolean(),
})
export type InternetView = z.infer<typeof internetViewSchema>

/** What stands between the visitor and a page, said in words by the screen. */
export const internetProblemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('refused'), reason: internetRefusalSchema }),
  /** The site does not answer, or not in time. */
  z.object({ kind: z.literal('no-answer') }),
  /** No name is found and nothing can be reached: the line to outside is cut. */
  z.object({ kind: z.literal('line-cut') }),
  /** The page took too much memory, or ended in a crash. */
  z.object({ kind: z.literal('page-failed') }),
])
export type InternetProblem = z.infer<typeof internetProblemSchema>

/** A question that a page asks; answered on our own screen, never in a window of the browser's. */
export const internetQuestionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tell'), text: z.string().max(300) }),
  z.object({ kind: z.literal('confirm'), text: z.string().max(300) }),
  z.object({
    kind: z.literal('choose'),
    choices: z.array(z.object({ label: z.string().max(100), chosen: z.boolean(), disabled: z.boolean() })).max(300),
  }),
])
export type InternetQuestion = z.infer<typeof internetQuestionSchema>

/** What a turn begins with: a tile of the start page, or the library's page for reserving a title. The kiosk knows the addresses; the screen sends none. */
export const internetTargetSchema = z.union([
  z.strictObject({ tile: z.string().max(60) }),
  z.strictObject({ title: z.string().min(1).max(100) }),
])
export type InternetTarget = z.infer<typeof internetTargetSchema>

export const internetStateSchema = z.discriminatedUnion('kind', [
  /** Nobody is in the web. */
  z.object({ kind: z.literal('closed') }),
  /** The turn before was a whole one; the menu rests for the next in the row. */
  z.object({ kind: z.literal('resting'), forMs: z.number().int().nonnegative() }),
  z.object({ kind: z.literal('starting') }),
  z.object({
    kind: z.literal('open'),
    /** `picture`: frames come over `/guarded`; `view`: the host lays the page over the place the screen named. */
    shown: z.enum(['picture', 'view']),
    /** The site's name alone, so that a visitor sees where he is. */
    site: z.string().max(253),
    title: z.string().max(200),
    loading: z.boolean(),
    canBack: z.boolean(),
    canForward: z.boolean(),
    zoom: z.number().positive(),
    /** A field for text has the focus; `secret` for a password. */
    typing: z.enum(['no', 'text', 'secret']),
    problem: internetProblemSchema.nullable(),
    question: internetQuestionSchema.nullable(),
    /** Refused without leaving the page: told in passing. `count` grows, so that the same thing twice is told twice. */
    passing: z.object({ reason: internetRefusalSchema, count: z.number().int() }).nullable(),
    /** Grows with each touch on the page where the host shows it by a view of its own, so that the screen knows that somebody is there. */
    touches: z.number().int().nonnegative(),
    turn: z.object({
      leftMs: z.number().int().nonnegative(),
      warning: z.boolean(),
      canExtend: z.boolean(),
      waiting: z.boolean(),
    }),
  }),
  /** It is over: the time was up, the staff ended it, or it failed. Stands until the screen has closed it. */
  z.object({ kind: z.literal('over'), why: z.enum(['time', 'staff', 'failed']) }),
])
export type InternetState = z.infer<typeof internetStateSchema>

/** The place of the page on the screen, in CSS pixels. */
export const internetPlaceSchema = z.object({
  leftPx: z.number().int().min(0).max(8_000),
  topPx: z.number().int().min(0).max(8_000),
  widthPx: z.number().int().min(200).max(8_000),
  heightPx: z.number().int().min(200).max(8_000),
})
export type InternetPlace = z.infer<typeof internetPlaceSchema>

/** Zoom steps of the bar. */
export const internetZooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const

export const internetActSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('back') }),
  z.object({ act: z.literal('forward') }),
  z.object({ act: z.literal('reload') }),
  z.object({ act: z.literal('stop') }),
  z.object({ act: z.literal('larger') }),
  z.object({ act: z.literal('smaller') }),
  /** Away with what stands between: back to the page before, or to the start page when there is none. */
  z.object({ act: z.literal('dismiss') }),
  /** The room for the page is another one now: larger letters, or the screen turned. */
  z.object({ act: z.literal('place'), place: internetPlaceSchema }),
  /** Our own screen has something to say over the page, or no more; for a page that is shown by a view. */
  z.object({ act: z.literal('cover'), covered: z.boolean() }),
  z.object({ act: z.literal('extend') }),
  z.object({ act: z.literal('somebody-waits') }),
  z.object({ act: z.literal('answer'), yes: z.boolean() }),
  z.object({ act: z.literal('choose'), index: z.number().int().min(0).max(299) }),
  z.object({ act: z.literal('type'), text: z.string().min(1).max(200) }),
  z.object({
    act: z.literal('key'),
    key: z.enum(['Enter', 'Backspace', 'Tab', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']),
  }),
])
export type InternetAct = z.infer<typeof internetActSchema>

/** What a finger does on the picture of a page, over `/guarded`; places in CSS pixels of the page. */
export const guardedTouchSchema = z.strictObject({
  phase: z.enum(['start', 'move', 'end', 'cancel']),
  points: z
    .array(
      z.strictObject({ x: z.number().min(-100).max(8_100), y: z.number().min(-100).max(8_100), id: z.number().int() }),
    )
    .max(10),
})
export type GuardedTouch = z.infer<typeof guardedTouchSchema>
