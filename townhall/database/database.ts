import type { AuditTable } from './tables/audit-table.ts'
import type { InternetCountTable } from './tables/internet-table.ts'
import type {
  KioskCodeTable,
  KioskHealthTable,
  KioskTable,
  KioskTokenTable,
  SettingTable,
} from './tables/kiosk-tables.ts'
import type { LibraryTitleTable } from './tables/library-table.ts'
import type { ReleaseTable } from './tables/release-tables.ts'
import type {
  StaffAttemptTable,
  StaffLinkTable,
  StaffSessionTable,
  StaffTwoFactorTable,
  StaffUserTable,
} from './tables/staff-tables.ts'
import type { UsageEventTable, UsageProgressTable, UsageRollupTable } from './tables/usage-tables.ts'

export type Database = {
  usage_events: UsageEventTable
  usage_rollup: UsageRollupTable
  usage_progress: UsageProgressTable
  kiosks: KioskTable
  kiosk_codes: KioskCodeTable
  kiosk_tokens: KioskTokenTable
  kiosk_health: KioskHealthTable
  internet_counts: InternetCountTable
  settings: SettingTable
  library_titles: LibraryTitleTable
  releases: ReleaseTable
  audit: AuditTable
  staff_links: StaffLinkTable
  staff_attempts: StaffAttemptTable
  user: StaffUserTable
  session: StaffSessionTable
  twoFactor: StaffTwoFactorTable
}
export type Dialect = 'sqlite' | 'postgres'
