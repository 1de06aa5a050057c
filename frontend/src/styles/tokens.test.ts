import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const tokens = readFileSync('src/styles/tokens.css', 'utf8')

type Theme = 'light' | 'dark'

function colorOf(name: string, theme: Theme): string {
  const pair = new RegExp(`--${name}: (?:light-dark\\((#\\w+), (#\\w+)\\)|(#\\w+));`).exec(tokens)
  const color = pair?.[3] ?? (theme === 'light' ? pair?.[1] : pair?.[2])
  if (!color) throw new Error(`There is no colour ${name}`)
  return color
}

function luminanceOf(color: string) {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = channels.map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrastOf(one: string, other: string, theme: Theme) {
  const [darker = 0, lighter = 0] = [one, other]
    .map((name) => luminanceOf(colorOf(name, theme)))
    .sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

const GROUNDS = ['canvas', 'surface', 'surface-raised', 'surface-sunken', 'hover', 'selected', 'note']
const TEXTS = ['text', 'text-muted', 'text-faint']
const READABLE: [text: string, ground: string][] = [
  ...GROUNDS.flatMap((ground) => TEXTS.map((text): [string, string] => [text, ground])),
  ...['canvas', 'surface', 'surface-raised', 'hover', 'accent-soft'].map((ground): [string, string] => [
    'accent',
    ground,
  ]),
  ...['danger', 'warning', 'success', 'info'].flatMap((tone): [string, string][] => [
    [tone, `${tone}-soft`],
    [tone, 'surface'],
    [tone, 'hover'],
  ]),
  ['on-accent', 'accent-solid'],
  ['on-accent', 'accent-solid-hover'],
  ['on-accent', 'danger-solid'],
]
const VISIBLE: [line: string, ground: string][] = [
  ['line-strong', 'surface'],
  ['line-strong', 'surface-raised'],
  ['focus', 'canvas'],
  ['focus', 'surface'],
]

// WCAG 2.2, 1.4.3 and 1.4.11.
const TEXT_CONTRAST_MIN = 4.5
const CONTROL_CONTRAST_MIN = 3

test.each(['light', 'dark'] as const)('everything can be read in the %s theme', (theme) => {
  const failing = READABLE.map(([text, ground]) => ({
    text,
    ground,
    contrast: contrastOf(text, ground, theme),
  }))
  expect(failing.filter(({ contrast }) => contrast < TEXT_CONTRAST_MIN)).toEqual([])
})

test.each(['light', 'dark'] as const)('controls and focus can be seen in the %s theme', (theme) => {
  const failing = VISIBLE.map(([line, ground]) => ({
    line,
    ground,
    contrast: contrastOf(line, ground, theme),
  }))
  expect(failing.filter(({ contrast }) => contrast < CONTROL_CONTRAST_MIN)).toEqual([])
})
