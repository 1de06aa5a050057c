import compile from 'icu-minify/compile'
import type { Plugin } from 'vite'

type Texts = { [key: string]: string | Texts }

/**
 * Parses the message catalogues at build time: what is left for the browser is a formatter of less than a kilobyte
 * instead of a parser of nine.
 */
export function precompiledMessages(): Plugin {
  return {
    name: 'precompiled-messages',
    enforce: 'pre',
    config: () => ({
      resolve: { alias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
    }),
    transform(code, id) {
      if (!/\/src\/messages\/\w+\/[\w-]+\.json$/.test(id)) return null
      return { code: JSON.stringify(compiled(JSON.parse(code))), map: null }
    },
  }
}

function compiled(texts: Texts): unknown {
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [
      key,
      typeof value === 'string' ? compile(value) : compiled(value),
    ]),
  )
}
