import { Verify } from './verify';

export default function Page() {
  return <Verify />;
}
