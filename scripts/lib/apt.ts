import { existsSync } from 'node:fs'
import { run } from './run.ts'

/**
 * Installs Debian packages.
 * @returns apt's output if it failed; empty if apt is missing or not permitted
 */
export async function installWithApt(...packages: string[]): Promise<string> {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return ''
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const update = await run('apt-get', ['update'], { env })
  const install = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env })
  return install.ok ? '' : update.output + install.output
}
