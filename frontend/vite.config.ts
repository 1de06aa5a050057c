import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { precompiledMessages } from './precompiled-messages.ts'

/**
 * Serves src/theme-boot.js as a hashed, render-blocking script. It has to run before the first paint, and a strict
 * content security policy does not allow it to stand in the page itself.
 */
function themeBoot(): Plugin {
  const source = readFileSync(new URL('./src/theme-boot.js', import.meta.url), 'utf8')
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8)
  const fileName = `assets/theme-boot-${hash}.js`
  return {
    name: 'theme-boot',
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, (_request, response) => {
        response.setHeader('Content-Type', 'text/javascript')
        response.end(source)
      })
    },
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: `/${fileName}` }, injectTo: 'head-prepend' }],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source })
    },
  }
}

const backend = process.env.TEALDESK_BACKEND ?? 'http://localhost:3000'

export default defineConfig({
  plugins: [react(), themeBoot(), precompiledMessages()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { port: 5173, proxy: { '/api': backend } },
  preview: { port: 4173, proxy: { '/api': backend } },
  build: {
    outDir: 'target/classes/static',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2023',
    // light-dark() is used as it is; a fallback would double the style sheets.
    cssTarget: ['chrome125', 'firefox128', 'safari17.5'],
    // A data: address in CSS would need its own hole in the content security policy.
    assetsInlineLimit: 0,
    // Warnings would never be read; scripts/check-bundle-size.mjs fails instead.
    chunkSizeWarningLimit: 1000,
  },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://localhost:3000' } },
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    // Taken through Vite, so that it gets the small formatter too.
    server: { deps: { inline: ['use-intl'] } },
    // A busy build machine is slow, not wrong.
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    restoreMocks: true,
    unstubGlobals: true,
    css: { modules: { classNameStrategy: 'non-scoped' } },
    // For CodeBuild's test reports, see infra/pipeline/test.sh.
    reporters: process.env.JUNIT_REPORT
      ? ['default', ['junit', { outputFile: process.env.JUNIT_REPORT }]]
      : ['default'],
  },
})
