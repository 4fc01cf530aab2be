export { articleInput, lineInput, textInput } from '@casebridge/platform';
