/** Where in 体験インターネット a visitor is: the start page, or a page of the web that a tile opened. */
export type InternetPage = { kind: 'entry'; page?: number } | { kind: 'browse'; tile: string }
