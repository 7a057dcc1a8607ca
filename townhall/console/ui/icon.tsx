/** One path of the Material icons; decoration only, the words beside it say what it means. */
export function Icon({ path, size = 20 }: { path: string; size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path d={path} fill="currentColor" />
    </svg>
  )
}
