import { useEffect, useState } from 'react';

/** Typing searches after this pause. */
const PAUSE_MS = 350;

/** What is typed in a search field, and what is searched for once the typing pauses. */
export function useTyped(): [typed: string, text: string, setTyped: (typed: string) => void] {
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, text, setTyped];
}
