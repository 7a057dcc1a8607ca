/**
 * One file of a release: compiled bytes, or a file on disk taken as it is. `path` is relative to its menu, with `/`. `sha256`: of a
 * file whose bytes were read a moment ago; when it is copied it is proved once more.
 */
export type ReleaseFile =
  | { menu: string; path: string; bytes: Uint8Array }
  | { menu: string; path: string; file: string; sha256?: string }
