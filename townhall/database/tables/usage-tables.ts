export type UsageEventTable = {
  kiosk_no: number
  sequence: number
  id: string
  menu: string
  at_ms: number
  clock: string
  /** 1: stamped more than ten minutes ahead of the hub's clock when it came. */
  ahead: number
}
export type UsageRollupTable = { kiosk_no: number; month: string; menu: string; accesses: number; unverified: number }
export type UsageProgressTable = { kiosk_no: number; acknowledged_through: number; highest_known: number }
