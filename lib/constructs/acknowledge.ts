// A finding that stands is acknowledged where it arises, with the reason a reviewer would ask for.
import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

export const acknowledge = (construct: IConstruct, reasons: Readonly<Record<string, string>>): void => {
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })))
}
