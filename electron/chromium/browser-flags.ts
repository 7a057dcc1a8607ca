type Machine = { profileDir: string; asRoot: boolean; headless: boolean; size: { widthPx: number; heightPx: number } }

/** Of every browser here: it greets nobody, asks nothing, remembers nothing (C7, D14), and speaks to nobody of its own accord. */
export const quietFlags = [
  '--no-first-run',
  '--no-default-browser-check',
  '--hide-crash-restore-bubble',
  '--disable-infobars',
  '--disable-session-crashed-bubble',
  '--noerrdialogs',
  '--disable-prompt-on-repost',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-notifications',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--metrics-recording-only',
  '--no-pings',
  '--no-service-autorun',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-component-extensions-with-background-pages',
]

/** The letters and digits are rows of BREAKOUTS.md that a flag belongs to. The page itself is opened over the pipe, never named here. */
export function browserFlags({ profileDir, asRoot, headless, size }: Machine): string[] {
  return [
    '--remote-debugging-pipe',
    `--user-data-dir=${profileDir}`,
    '--kiosk',
    ...(headless ? ['--headless=new'] : []),
    `--window-size=${size.widthPx},${size.heightPx}`,
    '--window-position=0,0',
    ...quietFlags,
    // G2, G8, G9
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    '--pull-to-refresh=0',
    '--touch-events=enabled',
    '--autoplay-policy=no-user-gesture-required',
    // The screen must go on painting whatever lies over it, or the watchdog takes it for lost.
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-background-timer-throttling',
    `--disable-features=${featuresOff.join(',')}`,
    ...(asRoot ? ['--no-sandbox'] : []),
    'about:blank',
  ]
}

export const featuresOff = [
  'Translate',
  'TranslateUI',
  'MediaRouter',
  'GlobalMediaControls',
  'OptimizationHints',
  'AutofillServerCommunication',
  'InterestFeedContentSuggestions',
  'CertificateTransparencyComponentUpdater',
  'OverscrollHistoryNavigation',
  'TouchpadOverscrollHistoryNavigation',
  'PictureInPicture',
  'WebShare',
  'ContextMenuSearchForImage',
  'HttpsUpgrades',
]
