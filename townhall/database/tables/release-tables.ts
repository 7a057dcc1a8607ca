export type ReleaseTable = {
  number: number
  published_at_ms: number
  published_by: string
  size_bytes: number
  changed_files: number
}
