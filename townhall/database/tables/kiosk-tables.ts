export type KioskTable = {
  no: number
  id: string
  facility_id: string
  name: string
  public_key_x: string
  state: 'active' | 'revoked'
  enrolled_at_ms: number
  revoked_at_ms: number | null
  last_heard_at_ms: number | null
  status_json: string | null
  refused: number
}
export type KioskCodeTable = {
  code_id: string
  facility_id: string
  key_hex: string
  expires_at_ms: number
  attempts: number
  used_at_ms: number | null
}
export type KioskTokenTable = { jti: string; expires_at_ms: number }
export type KioskHealthTable = {
  kiosk_no: number
  sequence: number
  at_ms: number
  level: string
  code: string
  detail_json: string
}
export type SettingTable = { name: string; value: string }
