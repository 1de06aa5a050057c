import { type ReactNode, useSyncExternalStore } from 'react'
import { IntlProvider, type Messages } from 'use-intl'

/**
 * Texts come in one catalogue per part of the product and language, each its own chunk: a route asks for the
 * catalogues it needs, and only the active language is loaded.
 */
export const LOCALES = ['en', 'de'] as const
export type Locale = (typeof LOCALES)[number]
export type Catalogue = keyof Messages

export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value)

const KEY = 'tealdesk.locale'
const files = import.meta.glob<Record<string, unknown>>('../messages/*/*.json', { import: 'default' })

interface Texts {
  locale: Locale
  messages: Partial<Record<Catalogue, unknown>>
}

let texts: Texts = { locale: initialLocale(), messages: {} }
/** Runs ahead of the texts while those of another language are being loaded. */
let wantedLocale = texts.locale
const wanted = new Set<Catalogue>()
const listeners = new Set<() => void>()

function initialLocale(): Locale {
  let chosen: string | null = null
  try {
    chosen = localStorage.getItem(KEY)
  } catch {
    // Storage can be switched off; the browser's language decides then.
  }
  if (isLocale(chosen)) return chosen
  return navigator.languages.map((language) => language.slice(0, 2)).find(isLocale) ?? 'en'
}

export const currentLocale = () => texts.locale

async function load(locale: Locale, catalogue: Catalogue) {
  const file = files[`../messages/${locale}/${catalogue}.json`]
  if (!file) throw new Error(`There is no catalogue ${locale}/${catalogue}`)
  return [catalogue, await file()] as const
}

async function show(catalogues: Iterable<Catalogue>): Promise<void> {
  const asked = [...catalogues]
  const locale = wantedLocale
  // A change of language needs all that is on the page, not only what is asked for now.
  const needed = locale === texts.locale ? asked : [...new Set([...wanted, ...asked])]
  const loaded = await Promise.all(needed.map((catalogue) => load(locale, catalogue)))
  // Another language was chosen while these were on their way.
  if (locale !== wantedLocale) return show(asked)
  const kept = locale === texts.locale ? texts.messages : {}
  texts = { locale, messages: { ...kept, ...Object.fromEntries(loaded) } }
  document.documentElement.lang = locale
  for (const listener of listeners) listener()
}

/** Resolves once the catalogues can be used; does nothing for those already there. */
export async function loadCatalogues(...catalogues: Catalogue[]) {
  const missing = catalogues.filter((catalogue) => !(catalogue in texts.messages))
  for (const catalogue of catalogues) wanted.add(catalogue)
  if (missing.length > 0) await show(missing)
}

export async function setLocale(locale: Locale) {
  if (locale === wantedLocale) return
  wantedLocale = locale
  await show(wanted)
  try {
    localStorage.setItem(KEY, wantedLocale)
  } catch {
    // See above.
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function TextProvider({ children }: { children: ReactNode }) {
  const { locale, messages } = useSyncExternalStore(subscribe, () => texts)
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    // Catalogues not loaded yet are missing here; routes load theirs before they render.
    <IntlProvider locale={locale} messages={messages as unknown as Messages} timeZone={timeZone}>
      {children}
    </IntlProvider>
  )
}
