// Fails the build when src/api/generated is not what openapi.json says.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CLIENT_FOLDER, filesOf, generateClient } from './generate-client.mjs'

const fresh = mkdtempSync(join(tmpdir(), 'tealdesk-generated-'))

function textOf(folder, name) {
  try {
    return readFileSync(join(folder, name), 'utf8')
  } catch {
    return undefined
  }
}

try {
  generateClient(fresh)
  const names = new Set([...filesOf(fresh), ...filesOf(CLIENT_FOLDER)])
  const different = [...names].filter((name) => textOf(fresh, name) !== textOf(CLIENT_FOLDER, name))
  if (different.length > 0) {
    console.error(`${CLIENT_FOLDER} does not match openapi.json: ${different.join(', ')}`)
    console.error('Run `npm run generate` and commit the result.')
    process.exitCode = 1
  }
} finally {
  rmSync(fresh, { recursive: true, force: true })
}
