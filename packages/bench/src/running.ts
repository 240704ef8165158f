/** Something started that must be stopped, even if the run is interrupted. */
export interface Running {
  stop: () => Promise<void>
}

const running = new Set<Running>()

/** Runs with something started, and always stops it. */
export const whileRunning = async <S extends Running, T>(
  started: S,
  run: (started: S) => Promise<T>
): Promise<T> => {
  running.add(started)
  try {
    return await run(started)
  } finally {
    await started.stop()
    running.delete(started)
  }
}

/** Stops everything after an interruption, last started first. */
export const stopAll = async (): Promise<void> => {
  for (const each of [...running].reverse()) await each.stop()
}
