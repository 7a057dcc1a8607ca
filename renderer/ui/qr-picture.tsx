import { create as createQr } from 'qrcode'

/** A pattern for a telephone's camera (ISO/IEC 18004). */
export function QrPicture({ data, label }: { data: string; label: string }) {
  const { modules } = createQr(data, { errorCorrectionLevel: 'M' })
  const { size } = modules
  let path = ''
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`
  }
  // Four modules of white around it (ISO/IEC 18004).
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      viewBox={`-4 -4 ${size + 8} ${size + 8}`}
      shapeRendering="crispEdges"
    >
      <rect x="-4" y="-4" width={size + 8} height={size + 8} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
