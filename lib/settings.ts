// What differs between stages, as typed values with their reasons. Everything else is the same code.
// An operator who takes the platform into use changes this file and nothing else in lib/.
import { devSettings } from './settings/dev.ts'
import { localSettings } from './settings/local.ts'
import { prodSettings } from './settings/prod.ts'
import type { Settings, StageName } from './settings/shape.ts'

export const settingsOf = { local: localSettings, dev: devSettings, prod: prodSettings } satisfies Record<
  StageName,
  Settings
>
