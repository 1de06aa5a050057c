// Generates the API client: `node scripts/generate-client.mjs`, or from check-generated.mjs into another folder.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const CLIENT_FOLDER = 'src/api/generated'

export function generateClient(folder) {
  execFileSync(process.execPath, ['node_modules/@hey-api/openapi-ts/bin/run.js', '--silent'], {
    env: { ...process.env, GENERATED_PATH: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (const file of filesOf(folder)) {
    const text = readFileSync(join(folder, file), 'utf8')
    // The generator's own remarks link to package pages; a reader of this code has no use for them.
    const plain = text.replaceAll(/\{@link https:\S* (`[^`]*`)\}/g, '$1')
    if (plain !== text) writeFileSync(join(folder, file), plain)
  }
}

export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

if (process.argv[1] === import.meta.filename) generateClient(CLIENT_FOLDER)
