import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as v from 'valibot'
import { endProcess, isRunning, markProcess, waitForEnd, type ProcessMark } from './processes.ts'
import { reasonOf, StackError } from './stack-error.ts'

const markSchema = v.object({ pid: v.number(), began: v.string() })
const claimSchema = v.object({ owner: markSchema, children: v.array(markSchema) })
type Claim = v.InferOutput<typeof claimSchema>

/** A running stack's lock on a data folder. */
export interface DataFolderClaim {
  /** Records the processes that use the folder, in case this one is killed. */
  noteChildren: (children: ProcessMark[]) => void
  release: () => void
}

/**
 * Creates the folder and locks it for this process. Two sqld would corrupt one database, so
 * processes left behind by a killed stack are ended first.
 * @throws {StackError} a running stack uses the folder, or it cannot be created
 */
export async function claimDataFolder(dataDir: string): Promise<DataFolderClaim> {
  const owner = markProcess(process.pid)
  if (!owner) throw new Error('This process cannot find itself in the process table')
  const file = path.join(dataDir, 'stack.json')
  const write = (claim: Claim) => {
    writeFileSync(`${file}.new`, JSON.stringify(claim))
    renameSync(`${file}.new`, file)
  }
  try {
    makeFolder(dataDir)
    await endStaleStack(file, dataDir)
    write({ owner, children: [] })
  } catch (error) {
    if (error instanceof StackError) throw error
    throw new StackError(`The data folder ${dataDir} cannot be used: ${reasonOf(error)}`)
  }
  return {
    noteChildren: children => {
      write({ owner, children })
    },
    release: () => {
      rmSync(file, { force: true })
    }
  }
}

/** Replaces mkdir's `recursive`, which hangs where the system answers ENOENT, as in /proc. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return
  makeFolder(path.dirname(dir))
  mkdirSync(dir, { mode: 0o700 })
}

async function endStaleStack(file: string, dataDir: string): Promise<void> {
  const claim = readClaim(file)
  if (!claim) return
  // A stack just killed needs a moment to leave the process table.
  if (
    isRunning(claim.owner) &&
    (claim.owner.pid === process.pid || !(await waitForEnd(claim.owner, 2_000)))
  ) {
    throw new StackError(`The data folder ${dataDir} is in use by process ${claim.owner.pid}`)
  }
  await Promise.all(claim.children.map(child => endProcess(child)))
}

function readClaim(file: string): Claim | undefined {
  try {
    return v.parse(claimSchema, JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
