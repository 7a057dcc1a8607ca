import type { Report } from '../health/health-log.ts'
import type { InternetService } from '../internet/internet-service.ts'
import type { Maintenance } from '../maintenance/maintenance.ts'

type Options = {
  screen: { drew(): void; said(visiting: boolean, resting: boolean): void }
  touchDays: { said(visiting: boolean): void }
  release: { cameUp(releaseNumber: number): void; screenFailed(): void }
  internet: Pick<InternetService, 'leave'>
  maintenance: Pick<Maintenance, 'occupied' | 'visitorCame'>
  report: Report
}

/** What the screen says of itself, told to all whom it concerns. */
export function createScreenCalls({ screen, touchDays, release, internet, maintenance, report }: Options) {
  return {
    cameUp(releaseNumber: number): void {
      screen.drew()
      release.cameUp(releaseNumber)
    },
    screenAlive(visiting: boolean, resting: boolean): void {
      screen.said(visiting, resting && !maintenance.occupied())
      touchDays.said(visiting)
      if (!visiting) void internet.leave('idle')
      if (visiting) maintenance.visitorCame()
    },
    screenFailed(message: string): void {
      report('screen-failed', 'error', { message })
      release.screenFailed()
    },
  }
}
