import { join } from 'node:path'
import type { Logger } from 'pino'
import { createAudit } from './audit/audit-repository.ts'
import type { HubClock, HubContext } from './context.ts'
import { openDatabase } from './database/open-database.ts'
import { createTurnRepository } from './internet/turn-repository.ts'
import { certificateStore, fingerprintOf } from './kiosks/certificate.ts'
import { createEnrolment } from './kiosks/enrolment.ts'
import { readFacilities } from './kiosks/facilities.ts'
import { createKioskRepository } from './kiosks/kiosk-repository.ts'
import { createCatalogueJobs } from './library/catalogue-jobs.ts'
import { createLoanService } from './library/loan-service.ts'
import { noGuesser, type OpenGuesser } from './library/readings/guesser.ts'
import { createReleases } from './releases/releases.ts'
import { createReportService } from './reports/report-service.ts'
import { createSettings } from './settings-repository.ts'
import { createAuth } from './staff/auth.ts'
import { createStaffRepository } from './staff/staff-repository.ts'
import { createStaffService } from './staff/staff-service.ts'
import { createUsageRepository } from './usage/usage-repository.ts'

export type ComposeOptions = {
  dataDir: string
  databaseUrl?: string | undefined
  clock: HubClock
  log: Logger
  /** How browsers and kiosks reach the hub; without it the one of the last start. */
  publicUrl?: string | undefined
  /** Whether kiosks see a certificate of ours; else they are on this machine and see none. */
  secure: boolean
  /** The certificate shown, where the town gave one; else the hub's own. */
  certPem?: string | null
  configDir?: string | undefined
  /** Without one no reading is guessed. */
  openGuesser?: OpenGuesser | undefined
}

const ownConfigDir = join(import.meta.dirname, '..', 'kiosk-config')

/** The hub's parts wired by hand: what listens (app.ts) and what is typed (cli.ts) use the same ones. */
export async function composeHub(options: ComposeOptions) {
  const facilities = readFacilities(options.configDir ?? ownConfigDir)
  const { db, dialect } = await openDatabase(options)
  try {
    const settings = createSettings(db)
    if (options.publicUrl) await settings.write('public-url', options.publicUrl)
    const context: HubContext = {
      db,
      dialect,
      clock: options.clock,
      dataDir: options.dataDir,
      hubId: await settings.hubId(),
      publicUrl: options.publicUrl ?? (await settings.read('public-url')) ?? 'http://127.0.0.1:8640',
      log: options.log,
      audit: createAudit(db, options.clock),
      openGuesser: options.openGuesser ?? noGuesser,
    }
    const kiosks = createKioskRepository(db)
    const turns = createTurnRepository(db)
    const usage = createUsageRepository(db, dialect)
    const loans = createLoanService(context)
    const catalogueJobs = createCatalogueJobs(context)
    const certificates = certificateStore(options.dataDir)
    const releases = createReleases(context)
    const auth = await createAuth(context)
    const staffRepository = createStaffRepository(db)
    const staff = createStaffService(context, auth, staffRepository)
    const enrolment = createEnrolment(context, kiosks, facilities, {
      tufRoot: () => releases.tufRoot(),
      certificateFingerprints: () =>
        options.secure
          ? [options.certPem ?? certificates.current()?.certPem, certificates.next()?.certPem].flatMap((pem) =>
              pem ? [fingerprintOf(pem)] : [],
            )
          : [],
    })
    const reports = createReportService({ context, usage, kiosks })
    return {
      context,
      facilities,
      kiosks,
      turns,
      usage,
      loans,
      catalogueJobs,
      certificates,
      releases,
      auth,
      staffRepository,
      staff,
      enrolment,
      reports,
      async close() {
        loans.close()
        await catalogueJobs.close()
        await db.destroy()
      },
    }
  } catch (error) {
    await db.destroy()
    throw error
  }
}
export type HubParts = Awaited<ReturnType<typeof composeHub>>
