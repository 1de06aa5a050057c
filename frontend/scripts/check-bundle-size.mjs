// Adds up the gzipped JavaScript that a screen needs before its first paint, from Vite's manifest.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const folder = 'target/classes/static'
const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
const KB = 1000

const screens = [
  {
    name: 'sign-in',
    limit: 130 * KB,
    modules: [
      'src/layouts/visitor-layout.tsx',
      'src/features/sign-in/sign-in-page.tsx',
      'src/messages/de/sign-in.json',
    ],
  },
  {
    name: 'portal',
    limit: 130 * KB,
    modules: [
      'src/layouts/portal-layout.tsx',
      'src/features/portal/portal-list-page.tsx',
      'src/messages/de/portal.json',
    ],
    forbidden: ['src/layouts/workspace-layout.tsx', 'src/features/tickets/'],
  },
  {
    name: 'workspace',
    limit: 200 * KB,
    modules: [
      'src/layouts/workspace-layout.tsx',
      'src/features/tickets/ticket-list-page.tsx',
      'src/messages/de/workspace.json',
      'src/messages/de/tickets.json',
      'src/messages/de/commands.json',
    ],
  },
]

function closureOf(keys) {
  const seen = new Set()
  const visit = (key) => {
    const chunk = manifest[key]
    if (!chunk)
      throw new Error(`${key} is not in the manifest; mend the list in scripts/check-bundle-size.mjs`)
    if (seen.has(key)) return
    seen.add(key)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
  for (const key of keys) visit(key)
  return [...seen]
}

const gzippedSizeOf = (file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length

let failed = false
for (const screen of screens) {
  const keys = closureOf(['index.html', 'src/messages/de/common.json', ...screen.modules])
  const files = new Set(keys.map((key) => manifest[key].file).filter((file) => file.endsWith('.js')))
  const size = [...files].reduce((sum, file) => sum + gzippedSizeOf(file), 0)
  const intruders = keys.filter((key) => (screen.forbidden ?? []).some((prefix) => key.startsWith(prefix)))
  const tooLarge = size > screen.limit
  failed ||= tooLarge || intruders.length > 0
  const figure = `${(size / KB).toFixed(1)} of ${screen.limit / KB} KB in ${files.size} files`
  console.log(`${tooLarge ? 'TOO LARGE' : 'ok'}  ${screen.name.padEnd(10)} ${figure}`)
  if (intruders.length > 0) console.log(`    must not hold ${intruders.join(', ')}`)
  if (process.argv.includes('--files')) {
    for (const file of files)
      console.log(`      ${(gzippedSizeOf(file) / KB).toFixed(1).padStart(6)}  ${file}`)
  }
}
process.exitCode = failed ? 1 : 0
