// Fails the build when src/api/generated is not what openapi.json says.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const committed = 'src/api/generated'
const fresh = mkdtempSync(join(tmpdir(), 'tealdesk-generated-'))

function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

try {
  execFileSync(process.execPath, ['node_modules/@hey-api/openapi-ts/bin/run.js', '--silent'], {
    env: { ...process.env, GENERATED_PATH: fresh },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const names = new Set([...filesOf(fresh), ...filesOf(committed)])
  const textOf = (folder, name) => {
    try {
      return readFileSync(join(folder, name), 'utf8')
    } catch {
      return undefined
    }
  }
  const different = [...names].filter((name) => textOf(fresh, name) !== textOf(committed, name))
  if (different.length > 0) {
    console.error(`${committed} does not match openapi.json: ${different.join(', ')}`)
    console.error('Run `npm run generate` and commit the result.')
    process.exitCode = 1
  }
} finally {
  rmSync(fresh, { recursive: true, force: true })
}
