/** A voice that lives on this device and speaks the language; none, rather than one that sends the text away. */
export function voiceFor<V extends Pick<SpeechSynthesisVoice, 'lang' | 'localService'>>(
  voices: readonly V[],
  language: string
): V | undefined {
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}
