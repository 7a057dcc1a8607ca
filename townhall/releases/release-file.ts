/** One file of a release: compiled bytes, or a file on disk taken as it is. `path` is relative to its menu, with `/`. */
export type ReleaseFile =
  | { menu: string; path: string; bytes: Uint8Array }
  | { menu: string; path: string; file: string }
