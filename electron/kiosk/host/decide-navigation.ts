/** The screen is one page: nothing else is ever shown in its window. `home` is its address, query and fragment apart. */
export function decideNavigation(url: string, home: string): 'allowed' | 'refused' {
  if (!URL.canParse(url)) return 'refused'
  const asked = new URL(url)
  const ours = new URL(home)
  // Not `origin`: that is "null" for every scheme that Node does not know, ours of Electron among them.
  const same =
    asked.protocol === ours.protocol &&
    asked.host === ours.host &&
    asked.pathname === ours.pathname &&
    asked.username === '' &&
    asked.password === ''
  return same ? 'allowed' : 'refused'
}

/** What may be written down of an address that somebody tried to open: nothing that was typed into it. */
export function addressForLog(url: string): string {
  if (!URL.canParse(url)) return 'unreadable'
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`.slice(0, 200)
}
