package dev.aquifer.service.place;

import dev.aquifer.spi.device.Device;
import java.util.List;

/**
 * The device that runs a program.
 *
 * @param reasons why this one, a line each
 * @param refused every other device, and why it was not chosen
 */
public record Placement(Device device, List<String> reasons, List<Refusal> refused) {
    public Placement {
        reasons = List.copyOf(reasons);
        refused = List.copyOf(refused);
    }

    /** @param device a device's name, or a kind of which there is none here */
    public record Refusal(String device, List<String> reasons) {
        public Refusal {
            reasons = List.copyOf(reasons);
        }
    }
}
