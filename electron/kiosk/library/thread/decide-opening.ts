/** Sets of search files, each by what tells it from others; null: none. */
type Opening = {
  /** What the release on screen has. */
  wanted: string | null
  serving: string | null
  opening: string | null
  /** Because of trouble with what is wanted it is not opened before (uptime). */
  untilMs: number
  nowMs: number
}

/** A new set is opened beside the one that serves, which stays until the other is ready. */
export function decideOpening({ wanted, serving, opening, untilMs, nowMs }: Opening) {
  return {
    /** After its last answer. */
    endServing: serving !== null && wanted === null,
    endOpening: opening !== null && (opening !== wanted || serving === wanted),
    open: wanted !== null && serving !== wanted && opening !== wanted && nowMs >= untilMs,
  }
}
