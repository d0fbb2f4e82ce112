// A finding that stands is acknowledged where it arises, with the reason a reviewer would ask for. The pack's name before
// the rule's lets the CDK itself match it, so that the validation report lists it as acknowledged; a bare id would be unlisted.
import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

const PACK = 'AwsSolutions'

export const acknowledge = (construct: IConstruct, reasons: Readonly<Record<string, string>>): void => {
  Validations.of(construct).acknowledge(
    ...Object.entries(reasons).map(([id, reason]) => ({ id: `${PACK}::${id}`, reason })),
  )
}
