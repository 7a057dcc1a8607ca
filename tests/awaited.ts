/** For what is waited for outside of a poll: on a machine that is too slow the failure says what did not come, which a test's own time limit cannot. */
export async function awaited<T>(what: string, promise: Promise<T>, patienceMs = 180_000): Promise<T> {
  let late: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    late = setTimeout(
      () => reject(new Error(`waited for ${patienceMs / 1_000} seconds and in vain: ${what}`)),
      patienceMs,
    )
  })
  try {
    return await Promise.race([promise, tooLate])
  } finally {
    clearTimeout(late)
  }
}
