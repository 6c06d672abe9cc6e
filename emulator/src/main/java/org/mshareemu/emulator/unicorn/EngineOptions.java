package org.mshareemu.emulator.unicorn;

/// How an engine is opened.
///
/// @param translationBufferBytes host memory for translated code; when full, all translations are
///   dropped
public record EngineOptions(int translationBufferBytes, Stops stops, Tracing tracing) {
    private static final String STOPS_PROPERTY = "mshareemu.engine.stops";

    /// Who counts blocks and notes system calls while guest code runs.
    public enum Stops {
        /// A few bytes of host machine code.
        MACHINE_CODE,
        /// Java methods: any host, slower.
        UPCALL
    }

    /// Whether each instruction is reported before it runs.
    public enum Tracing {
        OFF,
        EACH_INSTRUCTION
    }

    /// 64 MiB of translations, the fastest stops this host has (the property
    /// `mshareemu.engine.stops` may name others), no tracing.
    public static EngineOptions defaults() {
        String named = System.getProperty(STOPS_PROPERTY);
        Stops stops = named != null ? Stops.valueOf(named) : StopStubs.bestForThisHost();
        return new EngineOptions(64 << 20, stops, Tracing.OFF);
    }

    public EngineOptions withTranslationBufferBytes(int bytes) {
        return new EngineOptions(bytes, stops, tracing);
    }

    public EngineOptions withStops(Stops newStops) {
        return new EngineOptions(translationBufferBytes, newStops, tracing);
    }

    public EngineOptions withTracing(Tracing newTracing) {
        return new EngineOptions(translationBufferBytes, stops, newTracing);
    }
}
