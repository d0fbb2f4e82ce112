// Builds the CDK app: one Stage per environment. The only reader of CDK context:
//   -c stage=NAME  builds one of local, dev, prod instead of all
//   -c checks=off  leaves out cdk-nag (the local stage does, for speed)
import { dirname } from 'node:path'
import { App } from 'aws-cdk-lib'
import { synthesize } from '../lib/app.ts'
import { settingsOf } from '../lib/settings.ts'
import { city } from '../shared/city.ts'

// It only reads: synthesizing it at exit would write over the real one.
const context = new App({ autoSynth: false }).node
const stage: unknown = context.tryGetContext('stage')
const isChecked = context.tryGetContext('checks') !== 'off'
const named = Object.values(settingsOf).filter((settings) => stage === undefined || settings.stage === stage)
if (named.length === 0)
  throw new Error(`there is no stage ${String(stage)}; known are ${Object.keys(settingsOf).join(', ')}`)

synthesize({ city, root: dirname(import.meta.dirname), stages: named, isChecked })
