/** Where in 体験インターネット a visitor is: the start page, a page of the web that a tile opened, or the library's page for reserving a title, to which another menu leads. */
export type InternetPage =
  | { kind: 'entry'; page?: number }
  | { kind: 'browse'; tile: string }
  | { kind: 'reserve'; title: string }
