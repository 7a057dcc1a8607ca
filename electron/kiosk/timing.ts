/** How long the kiosk waits for what. All real time; a played clock makes them tiny. */
export type KioskTiming = {
  /** What is counted waits so long for company: one request for a few touches, and still in the table a moment later. */
  gatherMs: number
  /** Full jitter: each wait is random between 0 and min(max, first × 2^failures). */
  retryFirstMs: number
  retryMaxMs: number
  /** The push stream comes back sooner than the queue is retried: pushes are how a kiosk stays current. */
  streamRetryMaxMs: number
  requestTimeoutMs: number
  heartbeatMs: number
  releasePollMs: number
  /** A push stream without a word for so long is dead (the hub pings every 20 s). */
  streamSilenceMs: number
  certificatesMs: number
  /** How often all loans of the library are asked for. */
  loansMs: number
  /** How often it is looked whether the library's catalogue is to be opened, and whether its search still answers. */
  catalogueLookMs: number
  /** While the disk is full: how often what is held is tried again. */
  heldRetryMs: number
  /** How often the wall clock is compared with the uptime. */
  clockCheckMs: number
  /** How often the screen is told the time again. */
  deviceStateMs: number
  /** How often it is looked whether the service screen is to be locked. */
  serviceLookMs: number
  /** How often it is looked whether the touch panel is there, and how often the day's touches are summed. */
  panelLookMs: number
  touchDaysMs: number
}

export const productTiming: KioskTiming = {
  gatherMs: 500,
  retryFirstMs: 1_000,
  retryMaxMs: 300_000,
  streamRetryMaxMs: 20_000,
  requestTimeoutMs: 15_000,
  heartbeatMs: 60_000,
  releasePollMs: 60_000,
  streamSilenceMs: 60_000,
  certificatesMs: 86_400_000,
  loansMs: 300_000,
  catalogueLookMs: 200,
  heldRetryMs: 5_000,
  clockCheckMs: 10_000,
  deviceStateMs: 60_000,
  serviceLookMs: 1_000,
  panelLookMs: 1_000,
  touchDaysMs: 60_000,
}
