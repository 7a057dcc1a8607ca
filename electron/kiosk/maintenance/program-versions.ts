/** What this program runs on. */
export function programVersions(): Record<string, string> {
  const { node, electron, chrome } = process.versions
  return { node, ...(electron ? { electron } : {}), ...(chrome ? { chrome } : {}) }
}
