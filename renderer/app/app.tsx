import { useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MenuId } from '../../contract/menu-ids.ts'
import { fetchWords, switchWords } from '../i18n/languages.ts'
import type { InternetPage } from '../menus/internet/internet-page.ts'
import type { LibraryPage } from '../menus/library/library-page.ts'
import { fetchTakeHome } from '../menus/tourism/detail.tsx'
import { TourismMenu } from '../menus/tourism/tourism-menu.tsx'
import type { TourismPage } from '../menus/tourism/tourism-page.ts'
import { useDevice } from '../state/device-store.ts'
import type { KioskLine } from '../state/kiosk-line.ts'
import { useRelease } from '../state/release-store.ts'
import { useVisit } from '../state/visit-store.ts'
import { ChoiceSheet } from '../ui/choice-sheet.tsx'
import { Frame } from '../ui/frame.tsx'
import { fetchWhenIdle, Later, later } from '../ui/later.tsx'
import { decideStage, type Stage } from '../ui/stage.ts'
import { AttractScreen } from './attract-screen.tsx'
import { DarkScreen } from './dark-screen.tsx'
import { ErrorGuard } from './error-guard.tsx'
import { HomeScreen } from './home-screen.tsx'
import { IdleWatch } from './idle-watch.tsx'
import { MaintenanceDoor } from './maintenance/maintenance-door.tsx'
import { PulseMark } from './pulse-mark.tsx'

/** What is over by the hour and by the day leaves the lists by itself. */
const refreshMs = 300_000
const aliveMs = 2_000

export function App({ line }: { line: KioskLine }) {
  const visitId = useVisit((visit) => visit.visitId)
  const language = useVisit((visit) => visit.language)
  const contrast = useVisit((visit) => visit.contrast)
  const textSize = useVisit((visit) => visit.textSize)
  const children = useVisit((visit) => visit.children && visit.language === 'ja')
  const stage = useStage()
  const end = useCallback(() => {
    useVisit.getState().end()
    window.getSelection()?.removeAllRanges()
  }, [])

  useEffect(() => void switchWords(language, children), [language, children])
  useEffect(() => {
    document.documentElement.dataset.contrast = contrast
    document.documentElement.dataset.text = textSize
    document.documentElement.dataset.children = String(children)
  }, [contrast, textSize, children])
  useCameUp(line)
  useSignsOfLife(line)
  useInternetEnd(line)

  return (
    <ErrorGuard
      onFail={(message) => {
        line.failed(message)
        end()
      }}
    >
      <MaintenanceDoor line={line} onOpen={end}>
        <div
          className={`stage stage-${stage.layout} flow-${stage.flow} ${stage.short ? 'stage-short' : ''}`}
          style={{ height: stage.heightPx }}
        >
          {visitId === null ? (
            <WaitingScreen />
          ) : (
            // A new visit is a new tree: nothing a former visitor left in it.
            <Frame key={visitId} flow={stage.flow} onEnd={end}>
              <Page line={line} visitId={visitId} stage={stage} />
            </Frame>
          )}
          {visitId !== null && <IdleWatch key={`idle-${visitId}`} onEnd={end} />}
        </div>
      </MaintenanceDoor>
      <PulseMark />
    </ErrorGuard>
  )
}

const internet = later(async () => (await import('../menus/internet/internet-menu.tsx')).InternetMenu)
const library = later(async () => (await import('../menus/library/library-menu.tsx')).LibraryMenu)

/** Nobody is here. While a restart is waited for, nobody begins. */
function WaitingScreen() {
  const open = useDevice((device) => device.state?.open ?? true)
  const begin = () => {
    if (!isResting()) useVisit.getState().begin()
  }
  return open ? <AttractScreen onBegin={begin} /> : <DarkScreen onBegin={begin} />
}

const isResting = () => useVisit.getState().visitId === null && useDevice.getState().state?.restartWanted === true

/** Always the same ones, so that a menu need not draw again what takes them. */
const goIn = (menu: MenuId) => (page: unknown) => useVisit.getState().go({ menu, page })
const goInternet = goIn('internet')
const goLibrary = goIn('library')
const goTourism = goIn('tourism')
/** Not an opening of 体験インターネット from the home screen, so no access of it: the visitor is in 図書検索, whose access was counted (PRODUCT.md, "Words"). */
const reserveHere = (title: string) => goInternet({ kind: 'reserve', title } satisfies InternetPage)

function Page({ line, visitId, stage }: { line: KioskLine; visitId: string; stage: Stage }) {
  const { t } = useTranslation()
  const place = useVisit((visit) => visit.way.at(-1))
  const depth = useVisit((visit) => visit.way.length)
  const sheet = useVisit((visit) => visit.sheet)
  const { go, turn, back, home } = useVisit.getState()
  const ready = useDevice((device) => device.state !== null)
  if (!ready) return <p className="notice">{t('preparing')}</p>
  if (sheet !== null) return <ChoiceSheet />
  if (!place) {
    const open = async (menu: MenuId, page: unknown) => {
      await line.record(visitId, menu)
      // The visit may have ended while the disk was slow.
      if (useVisit.getState().visitId === visitId) go({ menu, page })
    }
    return <HomeScreen onOpen={(menu, page) => void open(menu, page)} />
  }
  if (place.menu === 'internet')
    return (
      <Later
        key={depth}
        part={internet}
        given={{
          page: place.page as InternetPage,
          visitId,
          calls: line.internet,
          go: goInternet,
          turn,
          back,
          elsewhere: home,
        }}
      />
    )
  if (place.menu === 'library')
    return (
      <Later
        key={depth}
        part={library}
        given={{
          page: place.page as LibraryPage,
          roomy: stage.flow === 'fit',
          flatKeys: stage.flatKeys,
          calls: line.library,
          go: goLibrary,
          turn,
          back,
          elsewhere: home,
          reserveHere,
        }}
      />
    )
  return <TourismMenu key={depth} page={place.page as TourismPage} go={goTourism} turn={turn} />
}

function useStage() {
  const screen = useDevice((device) => device.state?.config.screen) ?? null
  const textSize = useVisit((visit) => visit.textSize)
  const low = useVisit((visit) => visit.low)
  const [size, setSize] = useState({ widthPx: window.innerWidth, heightPx: window.innerHeight })
  useEffect(() => {
    const measure = () => setSize({ widthPx: window.innerWidth, heightPx: window.innerHeight })
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [])
  const stage = decideStage({ ...size, screen, textSize, low })
  useLayoutEffect(() => {
    document.documentElement.style.fontSize = `${stage.rootPx}px`
    document.documentElement.style.setProperty('--finger', `${stage.fingerPx}px`)
  }, [stage.rootPx, stage.fingerPx])
  return stage
}

/** Tells the kiosk that a release's content is on the screen: after it was drawn, not when it came. */
function useCameUp(line: KioskLine) {
  const shown = useRelease((release) => release.tourism?.releaseNumber)
  const connected = useDevice((device) => device.connected)
  useEffect(() => {
    if (shown === undefined || !connected) return
    const frame = requestAnimationFrame(() => line.cameUp(shown))
    return () => cancelAnimationFrame(frame)
  }, [shown, connected, line])
}

/** Whoever leaves the menu leaves the web: the kiosk destroys every trace. */
function useInternetEnd(line: KioskLine) {
  const inside = useVisit((visit) => visit.way.some(({ menu }) => menu === 'internet'))
  useEffect(() => {
    if (!inside) return
    return () => line.internet.end()
  }, [inside, line])
}

function useSignsOfLife(line: KioskLine) {
  const visiting = useVisit((visit) => visit.visitId !== null)
  const restartWanted = useDevice((device) => device.state?.restartWanted ?? false)
  const connected = useDevice((device) => device.connected)
  const drawn = useRelease((release) => release.tourism !== null)
  // The host acts on these at once, and does not wait for the timer.
  useEffect(() => {
    if (connected && drawn) line.alive(visiting, restartWanted && isResting())
  }, [visiting, restartWanted, connected, drawn, line])
  useEffect(() => {
    void fetchWhenIdle([library.fetchProgram, fetchTakeHome, internet.fetchProgram, fetchWords])
    let painted = true
    const alive = setInterval(() => {
      if (painted) line.alive(useVisit.getState().visitId !== null, isResting())
      painted = false
      requestAnimationFrame(() => {
        painted = true
      })
    }, aliveMs)
    const refresh = setInterval(() => line.refresh(), refreshMs)
    return () => {
      clearInterval(alive)
      clearInterval(refresh)
    }
  }, [line])
}
