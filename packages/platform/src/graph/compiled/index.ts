export { OperationExecutor } from './executor';
