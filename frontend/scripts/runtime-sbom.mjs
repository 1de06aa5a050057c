// Writes the CycloneDX list of what is delivered to browsers to standard output. `npm sbom --omit=dev` is not it: npm 11
// leaves out what a development dependency also asks for, React among it, so that npm's own mark is read instead. Without
// npm's random number and time, so that the same lock file gives the same list.
import { execFileSync } from 'node:child_process'

const sbom = JSON.parse(
  execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  }),
)
const isForDevelopment = ({ properties = [] }) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true')

sbom.components = sbom.components.filter((component) => !isForDevelopment(component))
const kept = new Set([sbom.metadata.component, ...sbom.components].map((component) => component['bom-ref']))
sbom.dependencies = sbom.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }))
delete sbom.serialNumber
delete sbom.metadata.timestamp
console.log(JSON.stringify(sbom, null, 1))
