import { featuresOff, quietFlags } from '../browser-flags.ts'

/** A browser without a window: whatever a page of the web opens, asks or draws, it has no screen to do it on. */
export function guardedFlags({ profileDir, asRoot }: { profileDir: string; asRoot: boolean }): string[] {
  return [
    '--remote-debugging-pipe',
    `--user-data-dir=${profileDir}`,
    '--headless=new',
    ...quietFlags,
    '--touch-events=enabled',
    '--mute-audio',
    '--hide-scrollbars',
    '--disable-print-preview',
    '--disable-file-system',
    // Outside of a session's own context nothing is reached: no proxy answers there. Names are our proxy's business alone.
    '--proxy-server=127.0.0.1:9',
    '--proxy-bypass-list=<-loopback>',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    // A page in the middle of a video call would speak past the proxy.
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--enforce-webrtc-ip-permission-check',
    '--disable-dev-shm-usage',
    '--renderer-process-limit=4',
    '--js-flags=--max-old-space-size=512',
    `--disable-features=${[...featuresOff, 'WebBluetooth', 'WebUSB', 'Serial', 'WebOTP', 'FedCm', 'DigitalGoods', 'PaymentRequest', 'PrefetchProxy', 'SpeculationRulesPrefetchProxy'].join(',')}`,
    '--disable-blink-features=WebAuth',
    ...(asRoot ? ['--no-sandbox'] : []),
    'about:blank',
  ]
}

/** What no flag says. */
export const guardedPreferences = {
  webrtc: {
    ip_handling_policy: 'disable_non_proxied_udp',
    multiple_routes_enabled: false,
    nonproxied_udp_enabled: false,
  },
  // A PDF is a download, and there are none (D6).
  plugins: { always_open_pdf_externally: true },
  // Each download is begun, and ended as it begins; kept from beginning, the second one would not be said to be refused.
  profile: {
    password_manager_enabled: false,
    default_content_setting_values: { popups: 2, notifications: 2, automatic_downloads: 1 },
  },
  net: { network_prediction_options: 2 },
  dns_prefetching: { enabled: false },
  enable_do_not_track: true,
}
