export type Grid = { columns: number; rows: number }

/** Fields about as large as the smallest thing a visitor touches, whole ones over the whole screen. */
export function decideGrid(size: { widthPx: number; heightPx: number }): Grid {
  const count = (px: number) => Math.max(2, Math.round(px / 150))
  return { columns: count(size.widthPx), rows: count(size.heightPx) }
}

/** Number of the field under a point, counted from the upper left; a finger on the rim belongs to the field beside it. */
export function cellAt(grid: Grid, size: { widthPx: number; heightPx: number }, x: number, y: number): number {
  const at = (position: number, px: number, count: number) =>
    Math.min(count - 1, Math.max(0, Math.floor((position / px) * count)))
  return at(y, size.heightPx, grid.rows) * grid.columns + at(x, size.widthPx, grid.columns)
}
