import type { ComponentType } from 'react'
import { lazy, useState } from 'react'

/** A part of a page that is fetched by itself, for {@link Apart}. */
export class Part<Props extends object> {
  readonly #load: () => Promise<ComponentType<Props>>
  #loaded: ComponentType<Props> | undefined
  readonly #lazy: ComponentType<Props>

  constructor(load: () => Promise<ComponentType<Props>>) {
    this.#load = load
    this.#lazy = lazy(async () => ({ default: await this.preload() })) as unknown as ComponentType<Props>
  }

  /** Once it is there it is rendered at once: `lazy` waits for a moment even then, and keys reach what is behind it. */
  get component(): ComponentType<Props> {
    return this.#loaded ?? this.#lazy
  }

  readonly preload = async (): Promise<ComponentType<Props>> => {
    this.#loaded ??= await this.#load()
    return this.#loaded
  }
}

export function Apart<Props extends object>({ part, props }: { part: Part<Props>; props: Props }) {
  // The same for as long as it is shown: another would lose what it holds.
  const [Component] = useState(() => part.component)
  return <Component {...props} />
}
