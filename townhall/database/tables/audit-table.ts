export type AuditTable = {
  id: number
  at_ms: number
  actor: string
  act: string
  subject: string
  detail: string
  chain: string
}
